//! The packages, the action and the workflows: what can be tried here is tried, and the rest is read by linters.

mod action;
mod made;
