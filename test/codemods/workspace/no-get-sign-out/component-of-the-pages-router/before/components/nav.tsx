export const Nav = () => <a href="/sign-out">Sign out</a>;
