// Convex verifies AuthKit's tokens with these.
export default {
  providers: [
    // Clerk stays for the old app.
    {
      domain: process.env.CLERK_JWT_ISSUER_DOMAIN,
      applicationID: 'convex',
    },
    // WorkOS.
    {
      type: 'customJwt',
      issuer: 'https://api.workos.com/', // shared
      applicationID: process.env.WORKOS_CLIENT_ID,
      algorithm: 'RS256',
      jwks: `https://api.workos.com/sso/jwks/${process.env.WORKOS_CLIENT_ID}`,
    },
    {
      type: 'customJwt',
      issuer: `https://api.workos.com/user_management/${process.env.WORKOS_CLIENT_ID}`,
      algorithm: 'RS256',
      jwks: `https://api.workos.com/sso/jwks/${process.env.WORKOS_CLIENT_ID}`,
    },
  ],
};
