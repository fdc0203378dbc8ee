//! サービス種類: the two-character codes of 介護給付費 claims, and the groups in which they are offered.

use serde::{Deserialize, Serialize};

/// Group in which services are offered on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "see `name`")]
pub enum ServiceGroup {
    Home,
    Community,
    CarePlanAndFacility,
    Prevention,
    ComprehensiveProject,
}

impl ServiceGroup {
    /// Every group, in the order on screen.
    pub const ALL: &[Self] =
        &[Self::Home, Self::Community, Self::CarePlanAndFacility, Self::Prevention, Self::ComprehensiveProject];

    /// The Japanese name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Home => "居宅",
            Self::Community => "地域密着",
            Self::CarePlanAndFacility => "居宅介護支援・施設",
            Self::Prevention => "介護予防",
            Self::ComprehensiveProject => "総合事業",
        }
    }
}

/// One row of the code table.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// Two characters, such as `16` or `A7`.
    pub code: &'static str,
    /// The official name.
    pub name: &'static str,
    /// Where it is offered on screen.
    pub group: ServiceGroup,
    /// No longer provided; shown for accounts that have it, not offered for new ones.
    pub ended: bool,
}

/// A code that is in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServiceCode(usize);

impl ServiceCode {
    /// The table's row with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        SERVICES.iter().position(|service| service.code == code).map(Self)
    }

    /// The table's row.
    pub fn service(self) -> &'static Service {
        &SERVICES[self.0]
    }

    /// The two characters.
    pub fn code(self) -> &'static str {
        self.service().code
    }

    /// The official name.
    pub fn name(self) -> &'static str {
        self.service().name
    }

    /// Every code that may be chosen for an account, in the table's order.
    pub fn offered() -> impl Iterator<Item = Self> {
        (0..SERVICES.len()).map(Self).filter(|code| !code.service().ended)
    }
}

impl TryFrom<String> for ServiceCode {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::from_code(&code).ok_or("no such service code")
    }
}

impl From<ServiceCode> for String {
    fn from(code: ServiceCode) -> Self {
        code.code().to_owned()
    }
}

const fn row(code: &'static str, name: &'static str, group: ServiceGroup) -> Service {
    Service { code, name, group, ended: false }
}

const fn ended(code: &'static str, name: &'static str, group: ServiceGroup) -> Service {
    Service { code, name, group, ended: true }
}

/// The code table.
pub static SERVICES: &[Service] = {
    use ServiceGroup::{CarePlanAndFacility, Community, ComprehensiveProject, Home, Prevention};
    &[
        row("11", "訪問介護", Home),
        row("12", "訪問入浴介護", Home),
        row("13", "訪問看護", Home),
        row("14", "訪問リハビリテーション", Home),
        row("15", "通所介護", Home),
        row("16", "通所リハビリテーション", Home),
        row("17", "福祉用具貸与", Home),
        row("21", "短期入所生活介護", Home),
        row("22", "短期入所療養介護(老健)", Home),
        row("23", "短期入所療養介護(病院等)", Home),
        row("24", "介護予防短期入所生活介護", Prevention),
        row("25", "介護予防短期入所療養介護(老健)", Prevention),
        row("26", "介護予防短期入所療養介護(病院等)", Prevention),
        row("27", "特定施設入居者生活介護(短期利用)", Home),
        row("28", "地域密着型特定施設入居者生活介護(短期利用)", Community),
        row("2A", "短期入所療養介護(介護医療院)", Home),
        row("2B", "介護予防短期入所療養介護(介護医療院)", Prevention),
        row("31", "居宅療養管理指導", Home),
        row("32", "認知症対応型共同生活介護(短期利用以外)", Community),
        row("33", "特定施設入居者生活介護", Home),
        row("34", "介護予防居宅療養管理指導", Prevention),
        row("35", "介護予防特定施設入居者生活介護", Prevention),
        row("36", "地域密着型特定施設入居者生活介護", Community),
        row("37", "介護予防認知症対応型共同生活介護(短期利用以外)", Prevention),
        row("38", "認知症対応型共同生活介護(短期利用)", Community),
        row("39", "介護予防認知症対応型共同生活介護(短期利用)", Prevention),
        row("41", "特定福祉用具販売", Home),
        row("42", "住宅改修", Home),
        row("43", "居宅介護支援", CarePlanAndFacility),
        row("44", "特定介護予防福祉用具販売", Prevention),
        row("45", "介護予防住宅改修", Prevention),
        row("46", "介護予防支援", CarePlanAndFacility),
        row("51", "介護老人福祉施設", CarePlanAndFacility),
        row("52", "介護老人保健施設", CarePlanAndFacility),
        ended("53", "介護療養型医療施設", CarePlanAndFacility),
        row("54", "地域密着型介護老人福祉施設", Community),
        row("55", "介護医療院", CarePlanAndFacility),
        ended("61", "介護予防訪問介護", Prevention),
        row("62", "介護予防訪問入浴介護", Prevention),
        row("63", "介護予防訪問看護", Prevention),
        row("64", "介護予防訪問リハビリテーション", Prevention),
        ended("65", "介護予防通所介護", Prevention),
        row("66", "介護予防通所リハビリテーション", Prevention),
        row("67", "介護予防福祉用具貸与", Prevention),
        row("68", "小規模多機能型居宅介護(短期利用)", Community),
        row("69", "介護予防小規模多機能型居宅介護(短期利用)", Prevention),
        row("71", "夜間対応型訪問介護", Community),
        row("72", "認知症対応型通所介護", Community),
        row("73", "小規模多機能型居宅介護", Community),
        row("74", "介護予防認知症対応型通所介護", Prevention),
        row("75", "介護予防小規模多機能型居宅介護", Prevention),
        row("76", "定期巡回・随時対応型訪問介護看護", Community),
        row("77", "複合型サービス", Community),
        row("78", "地域密着型通所介護", Community),
        row("79", "複合型サービス(看護小規模多機能型居宅介護・短期利用)", Community),
        row("A1", "訪問型サービス(みなし)", ComprehensiveProject),
        row("A2", "訪問型サービス(独自)", ComprehensiveProject),
        row("A3", "訪問型サービス(独自/定率)", ComprehensiveProject),
        row("A4", "訪問型サービス(独自/定額)", ComprehensiveProject),
        row("A5", "通所型サービス(みなし)", ComprehensiveProject),
        row("A6", "通所型サービス(独自)", ComprehensiveProject),
        row("A7", "通所型サービス(独自/定率)", ComprehensiveProject),
        row("A8", "通所型サービス(独自/定額)", ComprehensiveProject),
        row("A9", "その他の生活支援サービス(配食/定率)", ComprehensiveProject),
        row("AA", "その他の生活支援サービス(配食/定額)", ComprehensiveProject),
        row("AB", "その他の生活支援サービス(見守り/定率)", ComprehensiveProject),
        row("AC", "その他の生活支援サービス(見守り/定額)", ComprehensiveProject),
        row("AD", "その他の生活支援サービス(その他/定率)", ComprehensiveProject),
        row("AE", "その他の生活支援サービス(その他/定額)", ComprehensiveProject),
        row("AF", "介護予防ケアマネジメント", ComprehensiveProject),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_ended_ones_are_not_offered() {
        for (i, service) in SERVICES.iter().enumerate() {
            assert_eq!(ServiceCode::from_code(service.code), Some(ServiceCode(i)), "{}", service.code);
        }
        assert!(ServiceCode::offered().all(|code| code.code() != "61"));
        assert_eq!(ServiceCode::from_code("A7").unwrap().name(), "通所型サービス(独自/定率)");
        assert_eq!(ServiceCode::from_code("99"), None);
    }
}
