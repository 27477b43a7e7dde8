import { DialogDescription } from '@radix-ui/react-dialog';
import Link from 'next/link';
import { Fields, Hint, Notice, Section } from './ui/texts';
import { signOutAction } from '../app/sign-out/actions';

export const InParagraph = () => (
  <Hint>
    <a href="/sign-out">Sign out</a>
  </Hint>
);

export const InForm = () => (
  <Fields>
    <Link href="/sign-out">Sign out</Link>
  </Fields>
);

export const FurtherIn = () => (
  <Section>
    <span>
      <a href="/sign-out">Sign out</a>
    </span>
  </Section>
);

export const InDescription = () => (
  <DialogDescription>
    <a href="/sign-out">Sign out</a>
  </DialogDescription>
);

export const InSection = () => (
  <Notice title="You">
    <form action={signOutAction} className="contents">
      <button type="submit">Sign out</button>
    </form>
  </Notice>
);
