export default {
  providers: [
    { type: 'customJwt', issuer: 'https://api.workos.com/user_management/client_01A',
    algorithm: 'RS256',
    jwks: 'https://api.workos.com/sso/jwks/client_01A' },
  ],
};
