import { leave as signOutOnServer } from '../actions/auth';

export default function Page({ leave }: { leave: string }) {
  return (
    <form action={signOutOnServer} style={{ display: 'contents' }}>
      <button type="submit">{leave}</button>
    </form>
  );
}
