using System.Reflection;

namespace ActorPool.Tests.PublicApi;

/// <summary>Types as C# writes them, with their namespaces.</summary>
static class ApiNames
{
    static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(double)] = "double",
    };

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value) + "?";
        }

        var arguments = type.GetGenericArguments();
        var outer = type.DeclaringType is { } parent ? Of(parent) : type.Namespace;
        var own = type.Name.Split('`')[0];
        return arguments.Length == 0
            ? $"{outer}.{own}"
            : $"{outer}.{own}<{string.Join(", ", arguments.Select(Of))}>";
    }

    public static string Constraints(IEnumerable<Type> arguments) =>
        string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(Constraint));

    static string Constraint(Type argument)
    {
        var attributes = argument.GenericParameterAttributes;
        var words = new List<string>();
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            words.Add("class");
        }

        if (isStruct)
        {
            words.Add("struct");
        }

        words.AddRange(argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Of));
        if (!isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            words.Add("new()");
        }

        return words.Count > 0 ? $" where {argument.Name} : {string.Join(", ", words)}" : "";
    }
}
