/** The names of the classes that every set of handwritten digits has. */
export const tenDigits: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
