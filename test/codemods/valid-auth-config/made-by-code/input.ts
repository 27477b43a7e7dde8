const provider = (clientId: string) => ({
  type: 'customJwt',
  issuer: `https://api.workos.com/user_management/${clientId}`,
  algorithm: 'ES256',
  jwks: `https://api.workos.com/sso/jwks/${clientId}`,
});

export default { providers: [process.env.WORKOS_CLIENT_ID].map((id) => provider(id ?? '')) };
