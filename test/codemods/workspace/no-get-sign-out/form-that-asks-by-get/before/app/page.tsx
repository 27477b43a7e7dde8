import Form from 'next/form';

export default function Page() {
  return (
    <main>
      <Form action="/sign-out" prefetch={false} className="leave">
        <button type="submit">Sign out</button>
      </Form>
      <form method="get" action="/sign-out">
        <button type="submit">Sign out</button>
      </form>
    </main>
  );
}
