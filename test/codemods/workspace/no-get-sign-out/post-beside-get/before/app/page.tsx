export default function Page() {
  return (
    <>
      <form action="/sign-out" method="post">
        <button>Audit</button>
      </form>
      <a href="/sign-out">Sign out</a>
    </>
  );
}
