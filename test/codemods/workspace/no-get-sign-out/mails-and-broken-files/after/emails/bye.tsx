export const Bye = ({ base }: { base: string }) => <a href={`${base}/sign-out`}>Sign out</a>;
