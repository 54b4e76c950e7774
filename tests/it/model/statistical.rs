//! Known answers with chance in them: intervals instead of equality.
