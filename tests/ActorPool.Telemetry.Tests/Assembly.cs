// Activities are heard by every listener of the process: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
