export const GET = () => new Response('User-agent: *\nDisallow: /sign-out');
