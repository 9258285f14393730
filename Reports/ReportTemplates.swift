// The page's style sheet and the schema of our JUnit dialect, embedded by the plugin as `EmbeddedFiles`.
