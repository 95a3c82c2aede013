"""Single sign-on by OpenID Connect: an issuer, run by the company for example, says who somebody is."""
