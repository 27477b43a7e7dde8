export default function Page() {
  return <a href="/sign-out?returnTo=/bye">Sign out</a>;
}
