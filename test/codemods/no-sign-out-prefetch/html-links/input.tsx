export default function Layout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <head>
        {/* What people open next. */}
        <link rel="prefetch" href="/shop" />
        <link rel="prefetch" href="/sign-out" />
      </head>
      <body>{children}</body>
    </html>
  );
}
