# What every exported program tells of itself.


def version(self) -> str:
    """The version of Rondo that wrote this file."""
    return self.rondo_version


def config(self) -> str:
    """The effective configuration of the model, YAML; also in the file as config.yaml."""
    return self.config_yaml
