// The account menu.

export const AccountMenu = () => <a href="/api/sign-out">Sign out</a>;
