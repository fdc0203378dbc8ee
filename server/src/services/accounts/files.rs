//! [`MemberFiles`]: what the screens ask for, handed to `import` and `export`.

use app::{
    error::ApiError,
    routes::Members,
    services::{
        ManageMembers, RequestInfo,
        accounts::ListQuery,
        member_files::{Import, MemberFiles},
    },
};
use async_trait::async_trait;
use uuid::Uuid;

use super::AccountsService;
use crate::services::member_csv;

#[async_trait]
impl MemberFiles for AccountsService {
    fn template(&self, members: Members) -> Vec<u8> {
        member_csv::template(members)
    }

    async fn upload(&self, leave: &ManageMembers, file_name: &str, bytes: &[u8]) -> Result<Uuid, ApiError> {
        self.keep_import(leave, file_name, bytes).await
    }

    async fn import(&self, leave: &ManageMembers, import: Uuid, page: u32, faulty: bool) -> Result<Import, ApiError> {
        self.judged_import(leave, import, page, faulty).await
    }

    async fn register(&self, leave: &ManageMembers, request: &RequestInfo, import: Uuid) -> Result<(), ApiError> {
        self.begin_import(leave, request, import).await
    }

    async fn export(
        &self,
        leave: &ManageMembers,
        request: &RequestInfo,
        query: &ListQuery,
    ) -> Result<Vec<u8>, ApiError> {
        self.list_as_file(leave, request, query).await
    }
}
