//! The condition of a list, put together from constant texts; what people typed is only ever bound.

use uuid::Uuid;

/// A value for one placeholder.
#[derive(Clone, Debug)]
pub(super) enum Bind {
    Id(Uuid),
    Text(String),
    Number(i64),
}

/// Conditions that all have to hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    conditions: Vec<String>,
    binds: Vec<Bind>,
}

impl Filter {
    /// Adds a condition without a placeholder.
    pub(super) fn with(mut self, condition: &'static str) -> Self {
        self.conditions.push(condition.to_owned());
        self
    }

    /// Adds a condition that was put together from constant texts and placeholders.
    pub(super) fn with_text(mut self, condition: String) -> Self {
        self.conditions.push(condition);
        self
    }

    /// The same values without a condition, for one that names their placeholders itself.
    pub(super) fn bare(self) -> Self {
        Self { conditions: Vec::new(), binds: self.binds }
    }

    /// Adds a condition with one placeholder, written `?`.
    pub(super) fn and(mut self, condition: &'static str, bind: Bind) -> Self {
        self.binds.push(bind);
        self.conditions.push(condition.replace('?', &format!("${}", self.binds.len())));
        self
    }

    /// The same with each condition rewritten.
    pub(super) fn map(self, rewrite: impl Fn(String) -> String) -> Self {
        Self { conditions: self.conditions.into_iter().map(rewrite).collect(), binds: self.binds }
    }

    /// Adds a condition that was put together from constant texts and placeholders, before all others.
    pub(super) fn first(mut self, condition: String) -> Self {
        self.conditions.insert(0, condition);
        self
    }

    /// Binds one more value; answers its placeholder.
    pub(super) fn bound(mut self, bind: Bind) -> (String, Self) {
        self.binds.push(bind);
        (format!("${}", self.binds.len()), self)
    }

    /// Binds one more number; answers its placeholder.
    pub(super) fn numbered(self, number: i64) -> (String, Self) {
        self.bound(Bind::Number(number))
    }

    pub(super) fn sql(&self) -> String {
        self.conditions.join(" AND ")
    }

    pub(super) fn binds(&self) -> &[Bind] {
        &self.binds
    }

    /// Whether both have the same conditions: `other` is what this one was narrowed from.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.conditions == other.conditions
    }
}

/// Binds a filter's values, in the order of their placeholders.
macro_rules! bind_all {
    ($query:expr, $filter:expr) => {
        $filter.binds().iter().fold($query, |query, bind| match bind {
            $crate::storage::filter::Bind::Id(id) => query.bind(*id),
            $crate::storage::filter::Bind::Text(text) => query.bind(text),
            $crate::storage::filter::Bind::Number(number) => query.bind(*number),
        })
    };
}
pub(super) use bind_all;
