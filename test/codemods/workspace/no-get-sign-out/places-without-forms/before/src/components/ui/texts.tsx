import { forwardRef, type HTMLAttributes, type ReactNode } from 'react';

export function Hint({ children }: { children: ReactNode }) {
  return (
    <div>
      <p className="text-sm">{children}</p>
    </div>
  );
}

export const Fields = forwardRef<HTMLFormElement, HTMLAttributes<HTMLFormElement>>((props, ref) => (
  <form ref={ref} {...props} />
));

export function Section({ children }: { children: ReactNode }) {
  return <Hint>{children}</Hint>;
}

export function Notice({ children, title }: { children: ReactNode; title: string }) {
  return (
    <section>
      <h2>{title}</h2>
      <p>Signed in</p>
      <div>{children}</div>
    </section>
  );
}
