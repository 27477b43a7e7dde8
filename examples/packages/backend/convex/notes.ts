import { queryGeneric } from 'convex/server';

export const mine = queryGeneric(async ({ auth, db }) => {
  const identity = await auth.getUserIdentity();
  if (!identity) return [];
  return db
    .query('notes')
    .filter((q) => q.eq(q.field('owner'), identity.subject))
    .collect();
});
