using Databases;

if (args is not [var connectionString])
{
    Console.Error.WriteLine("Usage: Databases <connection string of a PostgreSQL server>");
    return 2;
}

await Tour.RunAsync(connectionString, Console.Out);
return 0;
