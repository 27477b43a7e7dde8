export async function retry<Result>(task: () => Promise<Result>, attempts: number): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    if (attempts <= 1) throw error;
    return retry(task, attempts - 1);
  }
}
