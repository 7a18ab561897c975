//! What was learned from verdicts, and what it asks of the next takes. PURE.
