import { Fragment } from 'react';

const WARM = ['/docs', '/sign-out', '/pricing'];

export function Hints({ hasDocs }: { hasDocs: boolean }) {
  return (
    <>
      {WARM.map((href) => (
        <Fragment key={href}>
          <link rel="prefetch" href={href} />
        </Fragment>
      ))}
      <link rel="prefetch" href={hasDocs ? '/docs' : '/sign-out'} />
      <link rel="prefetch" href="/sign-out" />
      <p>
        Hello
        <link rel="prefetch" href="/sign-out" />
        World
      </p>
    </>
  );
}
