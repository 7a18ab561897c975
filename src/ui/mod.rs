//! Views: from the model to widgets. No state of their own.
