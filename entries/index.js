/** The ES module of the plugin: the object that a CommonJS config gets, so that configs of both kinds may be mixed. */
import plugin from './index.cjs';

export const { factsCacheKey } = plugin;
export default plugin;
// What `require` of this very file gives.
export { plugin as 'module.exports' };
