export default {
  providers: [
    { type: 'customJwt', issuer: 'https://api.workos.com/', algorithm: 'RS256', jwks: 'https://api.workos.com/sso/jwks/client_A', applicationID: 'client_A' },
    { type: 'customJwt', issuer: 'https://api.workos.com/user_management/client_A', algorithm: 'RS256', jwks: 'https://api.workos.com/sso/jwks/client_A' },
  ],
};
