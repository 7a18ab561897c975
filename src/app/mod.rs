//! The application as data: model, messages, update, actions. PURE.
