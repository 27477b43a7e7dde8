/**
 * What `@workos-inc/node` 10 no longer has of 7 and 8: compared by the declarations of 7.82.0, 8.13.0, 9.3.1 and 10.14.0; the new names are those
 * whose parameters and results TypeScript accepts in place of the old ones. (workos/workos-node docs/V8_MIGRATION_GUIDE.md, V9_MIGRATION_GUIDE.md)
 */

/** Members of a client that have another name now, and nothing else. `*`: all that are not named. */
export const RENAMED_MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mfa: {
    verifyFactor: 'multiFactorAuth.verifyChallenge',
    enrollFactor: 'multiFactorAuth.enrollFactor',
    challengeFactor: 'multiFactorAuth.challengeFactor',
    verifyChallenge: 'multiFactorAuth.verifyChallenge',
    getFactor: 'multiFactorAuth.getFactor',
    deleteFactor: 'multiFactorAuth.deleteFactor',
  },
  portal: { generateLink: 'adminPortal.generateLink' },
  organizationDomains: {
    get: 'organizationDomains.getOrganizationDomain',
    verify: 'organizationDomains.verifyOrganizationDomain',
    create: 'organizationDomains.createOrganizationDomain',
    delete: 'organizationDomains.deleteOrganizationDomain',
  },
  organizations: {
    listOrganizationFeatureFlags: 'featureFlags.listOrganizationFeatureFlags',
    listOrganizationApiKeys: 'apiKeys.listOrganizationApiKeys',
    createOrganizationApiKey: 'apiKeys.createOrganizationApiKey',
  },
  userManagement: {
    enrollAuthFactor: 'multiFactorAuth.createUserAuthFactor',
    listAuthFactors: 'multiFactorAuth.listUserAuthFactors',
    listUserFeatureFlags: 'featureFlags.listUserFeatureFlags',
  },
};

const VAULT = 'vault.createObject() and its like have other options and results';

/** Members that are gone, with what is there instead. `*`: all of the group. */
export const REMOVED_MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  fga: { '*': 'workos.authorization has other methods' },
  apiKeys: { validateApiKey: 'apiKeys.createValidation() has another result' },
  organizations: { listOrganizationRoles: 'authorization.listOrganizationRoles() takes the id itself' },
  userManagement: {
    sendMagicAuthCode: 'userManagement.createMagicAuth() returns the code, and the application sends it',
    sendPasswordResetEmail: 'userManagement.createPasswordReset() returns the URL, and the application sends it',
    refreshAndSealSessionData: 'userManagement.loadSealedSession() returns a session with refresh()',
    getLogoutUrlFromSessionCookie: 'userManagement.loadSealedSession() returns a session with getLogoutUrl()',
  },
  vault: {
    createSecret: VAULT,
    readSecret: VAULT,
    updateSecret: VAULT,
    deleteSecret: VAULT,
    listSecrets: VAULT,
    listSecretVersions: VAULT,
    describeSecret: VAULT,
  },
  authorization: {
    setOrganizationRolePermissions: 'see the migration guide of the SDK for 9',
    addOrganizationRolePermission: 'see the migration guide of the SDK for 9',
    removeOrganizationRolePermission: 'see the migration guide of the SDK for 9',
  },
};

/** Exports, types among them, that are gone. */
export const REMOVED_EXPORTS: ReadonlySet<string> = new Set(
  `ApiKeyDeletedEvent ApiKeyDeletedEventResponse AuthorizationOrganizationMembershipList AuthorizationOrganizationMembershipListResponse
  AuthorizationResourceList AuthorizationResourceListResponse AuthorizationURLOptions BatchWriteResourcesOptions BatchWriteResourcesResponse
  CheckBatchOptions CheckOp CheckOptions CheckRequestOptions CheckResult CheckResultInterface CheckResultResponse CheckWarrantOptions
  CreateResourceOptions DebugInfo DebugInfoResponse DecisionTreeNode DecisionTreeNodeResponse DeleteResourceOptions DsyncDeactivatedEvent
  DsyncDeactivatedEventResponse GeneratePortalLinkIntent GetResourceOptions IdentityResponse ListObjectVersionsResponse ListResourcesOptions
  ListWarrantsOptions ListWarrantsRequestOptions ObjectDigest ObjectDigestResponse ObjectUpdateBy OrganizationMembershipAdded
  OrganizationMembershipAddedResponse OrganizationMembershipRemoved OrganizationMembershipRemovedResponse PermissionList
  PermissionListResponse PolicyContext QueryOptions QueryRequestOptions QueryResult QueryResultResponse RefreshAndSealSessionDataFailureReason
  RefreshAndSealSessionDataResponse Resource ResourceInterface ResourceOp ResourceOptions ResourceResponse RoleAssignmentList
  RoleAssignmentListResponse SecretContext SecretDigest SecretMetadata SecretUpdateBy SecretVersion SendMagicAuthCodeOptions
  SendPasswordResetEmailOptions Subject UpdateResourceOptions VaultSecret Warrant WarrantOp WarrantResponse WarrantToken
  WarrantTokenResponse WriteWarrantOptions getPrimaryEmail`.split(/\s+/u),
);
