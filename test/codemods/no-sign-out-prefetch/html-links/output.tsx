export default function Layout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <head>
        {/* What people open next. */}
        <link rel="prefetch" href="/shop" />
      </head>
      <body>{children}</body>
    </html>
  );
}
