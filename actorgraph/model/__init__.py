"""The model: YAML files read, checked and made into records. The only reader of model files."""
