export default function Page({ leave }: { leave: string }) {
  return <a href="/sign-out">{leave}</a>;
}
