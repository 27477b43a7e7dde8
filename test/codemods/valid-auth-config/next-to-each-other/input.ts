export default {
  providers: [
    { type: 'customJwt', issuer: 'https://api.workos.com/user_management/client_01A', domain: [
      'https://api.workos.com',
    ].join(''), applicationID: 'client_01A' },
  ],
};
