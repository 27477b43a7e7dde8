import Link from 'next/link'
import { Link as ChakraLink } from '@chakra-ui/react'

export const AccountMenu = () => <>
  <Link href="/sign-out" prefetch={false}>Sign out</Link>
  <Link href="/sign-out-help">Help</Link>
  <ChakraLink href="/sign-out">Sign out</ChakraLink>
  <a href="/sign-out">Sign out</a>
</>
