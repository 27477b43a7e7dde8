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
      domain: 'https://api.workos.com', // shared
      applicationID: 'convex',
    },
  ],
};
