/** The parts of train.py that are the same for every design. */

export const pickDevice = `def pick_device() -> torch.device:
    """A graphics card where there is one."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")`;

export const batches = `def batches(data: Data, order: Tensor) -> Iterator[Data]:
    """The samples at these positions, in batches; the last one may be smaller."""
    for rows in order.split(BATCH_SIZE):
        yield tuple(field[rows] for field in data)`;

export const describeMeasures = `def describe(measures: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.4f}" for name, value in measures.items())`;

export const mainGuard = `if __name__ == "__main__":
    main()`;
