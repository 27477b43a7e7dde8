import { Nav } from '../components/nav';

export default Nav;
