export default {
  providers: [
    {
      type: 'customJwt',
      issuer: 'api.workos.com',
      algorithm: 'RS256',
      jwks: `https://api.workos.com/sso/jwks/${process.env.WORKOS_CLIENT_ID}`,
    },
  ],
};
