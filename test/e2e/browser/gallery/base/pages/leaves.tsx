import type { GetServerSideProps } from 'next';

export const getServerSideProps: GetServerSideProps = async ({ res }) => {
  res.setHeader('Set-Cookie', 'wos-session=; Path=/; Max-Age=0');
  return { redirect: { destination: '/', permanent: false } };
};

export default function LeavesPage() {
  return null;
}
