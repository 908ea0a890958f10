/**
 * danfojs-node asks of every frame whether its data is a tensor: never, here. Whatever needs tensors
 * (arithmetic between frames, scalers, encoders into tensors, samples) is refused with a clear message.
 */
class Tensor {}

const refuse = () => {
  throw new Error('tensor features of danfojs-node are left out: see docs/developers/dependencies.md');
};

module.exports = {
  Tensor,
  scalar: refuse,
  tensor1d: refuse,
  tensor2d: refuse,
  moments: refuse,
  data: { array: refuse },
};
