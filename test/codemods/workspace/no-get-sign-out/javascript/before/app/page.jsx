export default function Page() {
  return <a href="/sign-out">Sign out</a>
}
