export default function Page() {
  return (
    <main>
      <button className="button">Save</button>
      <a className="button" href="/sign-out">
        Sign out
      </a>
      <a className="nav-link" href="/sign-out">
        Sign out
      </a>
    </main>
  );
}
