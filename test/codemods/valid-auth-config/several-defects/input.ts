const authConfig = {
  providers: [
    {
      type: 'customJwt',
      applicationId: 'client_A',
      issuer: `https://api.workos.com/`,
      algorithm: 'HS256',
      jwks: 'https://api.workos.com/jwks',
    },
    {
      issuer: 'http://api.workos.com/user_management/client_A',
      algorithm: 'ES256',
      // Keys of the sandbox.
      jwks: 'https://api.workos.com/sso/jwks/client_B',
      applicationID: 'client_A',
    },
  ],
};

export default authConfig;
