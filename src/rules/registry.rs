//! Makes from the list of rules what handles all of them alike: `REGISTRY`, and `Seen`, what any of them saw.

macro_rules! registry {
    ($([$($module:ident::$rule:ident),+ $(,)?]),+ $(,)?) => {
        /// Every rule in its exclusive group, in the order of codes.
        pub static REGISTRY: &[&[&rule::Rule]] = &[$(&[$(&rule::Rule::of::<$module::$rule>()),+]),+];

        /// What one of the rules saw of one subject.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[expect(missing_docs, reason = "a variant for each rule")]
        pub enum Seen {
            $($($rule(rule::SightOf<$module::$rule>),)+)+
        }

        $($(
            impl rule::Registered for $module::$rule {
                fn seen(sight: rule::SightOf<Self>) -> Seen {
                    Seen::$rule(sight)
                }
            }
        )+)+

        impl Seen {
            /// Puts what was found into words.
            pub fn explain(facts: &facts::Facts<'_>, found: &rule::Finding) -> rule::Wording {
                match found.state {
                    $($(
                        Seen::$rule(sight) => {
                            let found = found.with_state(sight.state);
                            <$module::$rule as rule::DebtRule>::explain(facts, sight.item, &found)
                        }
                    )+)+
                }
            }

            /// Why what was seen in the base costs less in the head, where the same rule sees `after`, or nothing.
            pub fn resolved(&self, pair: &pair::Pair<'_>, after: Option<&Seen>) -> rule::Resolution {
                match self {
                    $($(
                        Seen::$rule(before) => {
                            let after = match after {
                                Some(Seen::$rule(after)) => Some(&after.state),
                                _ => None,
                            };
                            <$module::$rule as rule::DebtRule>::resolved(pair, before.item, &before.state, after)
                        }
                    )+)+
                }
            }

            /// How much of what is seen in the head, and was seen as `before` in the base, is only told now.
            pub fn told(&self, pair: &pair::Pair<'_>, before: Option<&Seen>) -> rule::Told {
                match self {
                    $($(
                        Seen::$rule(now) => {
                            let before = match before {
                                Some(Seen::$rule(before)) => Some(&before.state),
                                _ => None,
                            };
                            <$module::$rule as rule::DebtRule>::told(pair, now.item, &now.state, before)
                        }
                    )+)+
                }
            }
        }
    };
}
pub(super) use registry;
