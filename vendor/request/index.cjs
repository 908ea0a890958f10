/** The product reads no tables from the network, so the place where danfojs-node would do it says so. */
const request = () => {
  throw new Error('danfojs-node may not read from the network here: see docs/developers/dependencies.md');
};
request.get = request;

module.exports = request;
