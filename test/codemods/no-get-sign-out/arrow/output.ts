import { signOut } from "@workos-inc/authkit-nextjs"

export const GET = async (request: Request) => {
  if (
    request.headers.has("RSC") ||
    request.headers.has("Next-Router-Prefetch")
  ) {
    return new Response(null, { status: 204 })
  }
  return signOut({
    returnTo: "/",
  })
}
