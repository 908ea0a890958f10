/** Loaded before a program: its clock begins at an instant of the test's (`TEST_CLOCK`, milliseconds) and goes on from there. */
const begun = performance.now();
const from = Number(process.env['TEST_CLOCK']);
Date.now = () => from + performance.now() - begun;
