"""The single sign-on: people come in by the word of an issuer that their company runs (OpenID Connect)."""
