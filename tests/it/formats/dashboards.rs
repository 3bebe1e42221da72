//! The dashboards of examples/dashboards, run on real output.
