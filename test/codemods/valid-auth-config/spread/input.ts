const clientId = process.env.WORKOS_CLIENT_ID;
const base = { type: 'customJwt', algorithm: 'ES256' } as const;

export default {
  providers: [
    { ...base, issuer: 'https://api.workos.com/', jwks: `https://api.workos.com/sso/jwks/${clientId}`, applicationID: clientId, algorithm: 'RS256' },
    { ...base, issuer: `https://api.workos.com/user_management/${clientId}`, jwks: `https://api.workos.com/sso/jwks/${clientId}` },
  ],
};
