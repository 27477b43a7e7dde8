export default {
  providers: [
    { issuer: 'https://api.workos.com/user_management/client_A', domain: 'https://api.workos.com', applicationID: 'client_A' },
  ],
};
